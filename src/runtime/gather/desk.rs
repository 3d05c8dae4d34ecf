//! The desk's questions: fresh or not, handed on piece by piece to the desk's own writer.

use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;

use super::{Gatherers, Order, Whose};
use crate::domain::evidence::Want;
use crate::runtime::asking::{Asker, Tell, Told};

impl Asker for Gatherers {
    fn ask(&self, wants: Vec<Want>, tell: Tell) {
        let order = Order { whose: Whose::These(wants), only: Vec::new(), again: true };
        let (sends, came) = channel();
        let run =
            self.hand_on(order, Arc::new(|_| {}), Box::new(move |gathered| sends.send(gathered).is_ok()));
        let answers = move || {
            let ended = run.and_then(|run| {
                for gathered in came {
                    if !tell(Told::Answer(Box::new(gathered))) {
                        break;
                    }
                }
                run.join()
            });
            // A desk that closes does not want to know.
            let _closing = tell(Told::End(ended.err().map(|error| error.message())));
        };
        // Where no thread can be had the desk is in greater trouble, and tells it.
        let _none = thread::Builder::new().name("answers".into()).spawn(answers);
    }
}
