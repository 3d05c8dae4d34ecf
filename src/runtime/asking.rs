//! Asking the sources again for the desk: what the machine wants goes to whoever can ask, the answers come back as
//! messages, one by one.

use std::sync::mpsc::Sender;

use super::event_loop::Event;
use crate::app::effect::{EvidenceMsg, Msg};
use crate::domain::evidence::{Gathered, Want};
use crate::domain::message::Message;

/// What comes of a question.
#[derive(Debug)]
pub enum Told {
    Answer(Box<Gathered>),
    /// Nothing more comes; why, if it ended before everybody was asked. Told once.
    End(Option<Message>),
}

/// Where answers go; false when nobody wants them any more.
pub type Tell = Box<dyn Fn(Told) -> bool + Send>;

/// Whoever asks the sources. Answers at once and asks elsewhere; keeps nothing.
pub trait Asker: Send {
    /// Asks, fresh or not. Ends by itself within a bounded time.
    fn ask(&self, wants: Vec<Want>, tell: Tell);
}

/// Hands a gathering to the asker; without one it ends at once, and says so.
pub(super) fn gather(asker: Option<&dyn Asker>, run: u64, wants: Vec<Want>, events: &Sender<Event>) {
    let events = events.clone();
    let tell: Tell = Box::new(move |told| {
        let msg = match told {
            Told::Answer(gathered) => EvidenceMsg::Came { run, gathered },
            Told::End(fault) => EvidenceMsg::Ended { run, fault },
        };
        events.send(Event::Msg(Box::new(Msg::Evidence(msg)))).is_ok()
    });
    match asker {
        Some(asker) => asker.ask(wants, tell),
        None => {
            tell(Told::End(Some(Message::new("desk.gather_nobody"))));
        }
    }
}
