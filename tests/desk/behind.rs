//! What goes on behind the desk: filings judged in idle moments, and a policy that somebody changes.

use heyan::domain::policy::{Attention, Policy};
use heyan::runtime::effects::Desk;
use heyan::store::{ReadStore, Store};
use jiff::tz::TimeZone;

use crate::harness::{Harness, actor, demo_workspace, policy};

#[test]
fn filings_that_cannot_be_read_do_not_keep_those_behind_them_from_being_judged() {
    let folder = demo_workspace();
    let mut desk = Harness::of(folder.path(), "林晓");
    let (before, now) = (policy(), desk.clock().now);
    let changed = Policy { provider: "别的样例云".into(), ..before.clone() };
    desk.store.set_policy(&changed, &before, now, &actor("lead")).unwrap();
    let waiting = desk.store.pending(None, 20).unwrap();
    assert_eq!(waiting.len(), 12);
    let unread = &waiting[..3];
    for ticket in unread {
        desk.damage(ticket.filing.rsplit('/').next().unwrap());
    }
    let judging = Desk::new(actor("林晓"), TimeZone::get("Asia/Shanghai").unwrap());
    let mut kept = 0;
    // The second time they are tried again, in vain.
    for _ in 0..2 {
        while let turn = judging.judge_some(&mut desk.store, 2, now).unwrap()
            && turn.more
        {
            kept += turn.kept;
        }
    }
    assert_eq!(kept, 9);
    assert_eq!(desk.store.pending(None, 20).unwrap(), unread);
}

#[test]
fn an_open_desk_follows_the_policy() {
    let folder = demo_workspace();
    let mut desk = Harness::of(folder.path(), "林晓");
    desk.keys("a");
    assert_eq!(desk.decided(), [""; 0], "the evidence has not been looked at");
    let (before, now) = (policy(), desk.clock().now);
    let changed = Policy { attention: Attention::Off, lease_seconds: 120, ..before.clone() };
    desk.store.set_policy(&changed, &before, now, &actor("lead")).unwrap();
    desk.keys("Esc").wait(20_000);
    assert_eq!(desk.model.settings.policy, changed);
    desk.settle();
    desk.keys("a");
    assert_eq!(desk.decided(), ["D-1001"]);
}
