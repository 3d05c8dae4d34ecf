//! `heyan withdraw`: takes one's own decision back, on its own day or while it is not final.

use clap::Args;

use super::error::{CliError, Exit};
use super::rows::{Decided, acknowledged};
use super::session::{Session, now};
use crate::domain::message::Message;
use crate::domain::safe::safe;
use crate::store::Store;

#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(value_name = "FILING")]
    filing: String,
}

pub fn run(session: &mut Session, arguments: &Arguments) -> Result<Exit, CliError> {
    let decision = session.store()?.withdraw(&arguments.filing, now(), &session.actor)?;
    let out = &mut session.out;
    if out.json {
        let fields = serde_json::json!({ "decision": Decided::new(&decision) });
        out.row(&acknowledged(&decision.filing, fields))?;
    } else {
        let verdict = format!("@cli.verdict_{}", decision.conclusion.verdict());
        let filing = safe(&decision.filing);
        out.say(&Message::new("cli.withdrawn").with("filing", filing).with("verdict", verdict))?;
    }
    Ok(Exit::Done)
}
