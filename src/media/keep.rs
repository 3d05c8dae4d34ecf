//! What is worth keeping while it fits: the least recently used goes first.

use std::collections::HashMap;
use std::hash::Hash;

/// Values with their sizes, together at most `limit` bytes; the newest stays even when it alone is larger.
pub(super) struct Keep<K, V> {
    limit: usize,
    used: usize,
    clock: u64,
    entries: HashMap<K, Entry<V>>,
}

struct Entry<V> {
    value: V,
    bytes: usize,
    touched: u64,
}

impl<K: Hash + Eq + Clone, V> Keep<K, V> {
    pub(super) fn new(limit: usize) -> Self {
        Keep { limit, used: 0, clock: 0, entries: HashMap::new() }
    }

    pub(super) fn clear(&mut self) {
        self.entries.clear();
        self.used = 0;
    }

    pub(super) fn get(&mut self, key: &K) -> Option<&V> {
        self.clock += 1;
        let entry = self.entries.get_mut(key)?;
        entry.touched = self.clock;
        Some(&entry.value)
    }

    pub(super) fn put(&mut self, key: K, value: V, bytes: usize) {
        self.clock += 1;
        if let Some(old) = self.entries.insert(key, Entry { value, bytes, touched: self.clock }) {
            self.used -= old.bytes;
        }
        self.used += bytes;
        while self.used > self.limit && self.entries.len() > 1 {
            let oldest =
                self.entries.iter().min_by_key(|(_, entry)| entry.touched).map(|(key, _)| key.clone());
            if let Some(gone) = oldest.and_then(|key| self.entries.remove(&key)) {
                self.used -= gone.bytes;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<const N: usize>(keep: &mut Keep<char, u8>, keys: [char; N]) -> [Option<u8>; N] {
        keys.map(|key| keep.get(&key).copied())
    }

    #[test]
    fn the_least_recently_used_goes_first() {
        let mut keep = Keep::new(10);
        keep.put('a', 1, 4);
        keep.put('b', 2, 4);
        assert_eq!(found(&mut keep, ['a']), [Some(1)]);
        keep.put('c', 3, 4);
        assert_eq!(found(&mut keep, ['a', 'b', 'c']), [Some(1), None, Some(3)]);
        keep.put('a', 4, 1);
        keep.put('d', 5, 5);
        assert_eq!(found(&mut keep, ['a', 'c', 'd']), [Some(4), Some(3), Some(5)]);
    }

    #[test]
    fn the_newest_stays_even_when_it_alone_is_too_large() {
        let mut keep = Keep::new(10);
        keep.put('a', 1, 4);
        keep.put('b', 2, 40);
        assert_eq!(found(&mut keep, ['a', 'b']), [None, Some(2)]);
        keep.put('c', 3, 1);
        assert_eq!(found(&mut keep, ['b', 'c']), [None, Some(3)]);
    }
}
