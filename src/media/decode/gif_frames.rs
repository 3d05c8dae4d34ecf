//! Whether a GIF is an animation, by its blocks alone (GIF89a, section 12 and following).

/// Whether a second image follows the first. A file that ends early has no more than what came.
pub(super) fn several(bytes: &[u8]) -> bool {
    images(bytes).is_some()
}

/// Something when there are two images.
fn images(bytes: &[u8]) -> Option<()> {
    let mut rest = bytes.get(13 + table(*bytes.get(10)?)..)?;
    let mut images = 0;
    while images < 2 {
        rest = match *rest.first()? {
            // An extension: its label, then its data.
            0x21 => after_blocks(rest.get(2..)?)?,
            // An image: place, size, its own colours, the width of its codes, then its data.
            0x2c => {
                images += 1;
                after_blocks(rest.get(11 + table(*rest.get(9)?)..)?)?
            }
            _ => return None,
        };
    }
    Some(())
}

/// Bytes of a colour table, by the flags that announce it.
const fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// What follows a chain of blocks, each with its length before it, up to an empty one.
fn after_blocks(mut rest: &[u8]) -> Option<&[u8]> {
    loop {
        let (length, data) = rest.split_first()?;
        rest = data.get(usize::from(*length)..)?;
        if *length == 0 {
            return Some(rest);
        }
    }
}
