//! What is worth keeping while it fits: what was never used goes first, then the least recently used.

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
    /// Whether it was ever used, and when it was last touched: the least of these goes first.
    touched: (bool, u64),
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
        entry.touched = (true, self.clock);
        Some(&entry.value)
    }

    /// Counts it as used just now, if it is there.
    pub(super) fn touch(&mut self, key: &K) {
        let _used = self.get(key);
    }

    /// The same as [`Keep::get`] without its counting as used.
    pub(super) fn peek(&self, key: &K) -> Option<&V> {
        self.entries.get(key).map(|entry| &entry.value)
    }

    pub(super) fn put(&mut self, key: K, value: V, bytes: usize) {
        self.insert(key, value, bytes, true, &[]);
    }

    /// Keeps what may be used one day: it is the first to go, and none of `needed` goes for it.
    pub(super) fn put_aside(&mut self, key: K, value: V, bytes: usize, needed: &[K]) {
        self.insert(key, value, bytes, false, needed);
    }

    fn insert(&mut self, key: K, value: V, bytes: usize, used: bool, needed: &[K]) {
        self.clock += 1;
        let entry = Entry { value, bytes, touched: (used, self.clock) };
        if let Some(old) = self.entries.insert(key.clone(), entry) {
            self.used -= old.bytes;
        }
        self.used += bytes;
        while self.used > self.limit {
            let dispensable =
                self.entries.iter().filter(|(other, _)| **other != key && !needed.contains(other));
            let first = dispensable.min_by_key(|(_, entry)| entry.touched).map(|(key, _)| key.clone());
            let Some(gone) = first.and_then(|key| self.entries.remove(&key)) else { return };
            self.used -= gone.bytes;
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
    fn what_is_put_aside_goes_first_and_drives_out_nothing_that_is_needed() {
        let mut keep = Keep::new(10);
        keep.put('a', 1, 4);
        keep.put_aside('b', 2, 4, &['a']);
        keep.put_aside('c', 3, 4, &['a']);
        assert_eq!(['a', 'b', 'c'].map(|key| keep.peek(&key).copied()), [Some(1), None, Some(3)]);
        // Looked at only, it is still the first; used, it is as good as any.
        keep.put('d', 4, 4);
        assert_eq!(['a', 'c', 'd'].map(|key| keep.peek(&key).copied()), [Some(1), None, Some(4)]);
        keep.put_aside('e', 5, 9, &['a', 'd']);
        assert_eq!(found(&mut keep, ['a', 'd', 'e']), [Some(1), Some(4), Some(5)], "the newest stays too");
        keep.put('f', 6, 4);
        assert_eq!(found(&mut keep, ['a', 'd', 'e', 'f']), [None, None, None, Some(6)]);
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
