//! Evidence beside the case: what a finding rests on, stepping through it, gathering it again, looking things up.

mod again;
mod known;
mod lookup;
mod seen;
