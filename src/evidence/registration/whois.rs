//! WHOIS (RFC 3912): a name goes out on port 43, text comes back until the other side closes.

mod fields;
mod reader;
pub(super) mod sentences;

use std::time::Duration;

use encoding_rs::GB18030;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;

pub use reader::read;

use super::kept;
use super::sources::Server;
use crate::domain::evidence::{Fault, FaultKind};
use crate::evidence::guard::Guard;

/// No registry writes as much about one domain.
const BYTES: usize = 256 * 1024;

/// What a server wrote within some time, bounded and without contacts.
pub async fn ask(guard: &Guard, server: &Server, domain: &str, patience: Duration) -> Result<String, Fault> {
    let exchange = async {
        let mut stream = guard.connect(&server.host, server.port).await?;
        let question = format!("{}\r\n", server.question(domain));
        stream.write_all(question.as_bytes()).await.map_err(|error| broken(&error))?;
        let mut answer = Vec::new();
        let mut limited = stream.take(BYTES as u64 + 1);
        limited.read_to_end(&mut answer).await.map_err(|error| broken(&error))?;
        if answer.len() > BYTES {
            return Err(Fault::new(FaultKind::TooLarge, format!("more than {BYTES} bytes")));
        }
        Ok(answer)
    };
    let late =
        |_| Fault::new(FaultKind::Timeout, format!("no end of the answer within {} s", patience.as_secs()));
    let answer = timeout(patience, exchange).await.map_err(late)??;
    Ok(kept::without_contacts(&kept::cut(&text(&answer))))
}

fn broken(error: &std::io::Error) -> Fault {
    Fault::new(FaultKind::Unreachable, error)
}

/// WHOIS has no way to say its character set: UTF-8 where it is that, else what Chinese registrars wrote before.
fn text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(bytes).0.into_owned(),
    }
}
