//! Ctrl-C and its kin while a run goes on.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::thread;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::{Handle, Signals};
use signal_hook::low_level::emulate_default_handler;

use super::Stopper;

/// After which signal nothing is waited for any more.
const PATIENCE: u8 = 3;

/// Signals that are watched.
pub struct Watch {
    /// How many there were.
    count: Arc<AtomicU8>,
    handle: Handle,
}

/// The first signal stops the run gently, the second at once; the third does what it always does. No transaction is
/// torn: the store's are whole or not at all.
pub fn watch_signals(stopper: Stopper) -> io::Result<Watch> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    let (handle, count) = (signals.handle(), Arc::new(AtomicU8::new(0)));
    let counted = Arc::clone(&count);
    thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            if counted.fetch_add(1, Ordering::SeqCst) + 1 >= PATIENCE {
                // It fails only for a signal that does not exist.
                let _unknown = emulate_default_handler(signal);
            }
            stopper.stop();
        }
    })?;
    Ok(Watch { count, handle })
}

impl Watch {
    /// The run is over: from now on the next signal ends the program. Answers whether one came.
    pub fn finish(self) -> bool {
        let stopped = self.count.swap(PATIENCE - 1, Ordering::SeqCst) > 0;
        drop(self.handle);
        stopped
    }
}
