use super::*;

#[test]
fn an_app_is_told_apart_and_a_cancellation_is_not_judged() {
    let mut sample = filed();
    sample.site().service_type = ServiceType::App;
    assert_eq!(sample.said(&SiteReachability), ["not_run website_only"]);
    sample.filing.order_type = OrderType::Cancel;
    assert_eq!(sample.said(&SiteReachability), [""; 0]);
}

#[test]
fn a_failure_rests_on_both_visits() {
    let mut sample = filed();
    down(&mut sample, 9);
    down(&mut sample, 1);
    let finding = sample.findings(&SiteReachability).remove(0);
    let [newest, earlier, ..] = &sample.evidence[..] else { panic!("two visits") };
    assert_eq!(finding.evidence, [EvidenceRef::marked(newest, Mark::Visit(0)), EvidenceRef::kept(earlier)]);
    assert_eq!(finding.message.args["why"], "@checks.no_answer_timeout");
}
