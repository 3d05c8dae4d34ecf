//! Export of 100,000 decisions. `cargo bench --bench export`

use heyan::domain::decision::{Conclusion, Decision, DecisionState, Grade};
use heyan::domain::object::{Place, ReasonUse};
use heyan::domain::reasons::Catalogue;
use heyan::export::{Format, Options, Writer};

const DECISIONS: i64 = 100_000;

fn main() {
    divan::main();
}

fn decision() -> Decision {
    let reasons = vec![
        ReasonUse::new("ENT-NAME-MISMATCH", Place::Name),
        ReasonUse::new("CON-MOBILE-SHARED", Place::SitePrincipalMobile),
    ];
    Decision {
        seq: 0,
        at: "2026-11-24T06:31:58Z".parse().unwrap_or_default(),
        day: jiff::civil::Date::constant(2026, 11, 24),
        reviewer: "reviewer01".into(),
        source: "console".into(),
        filing: "202611240000083121".into(),
        revision: "0123456789abcdef".repeat(4),
        proposed: reasons.clone(),
        conclusion: Conclusion::Fail { grade: Grade::Revise, reasons },
        opinion: "主办单位名称与证件不一致,请更正后重新提交。".into(),
        internal_note: String::new(),
        findings: Vec::new(),
        shown: Vec::new(),
        state: DecisionState::Final,
        second_reviewer: None,
        overturned: None,
        withdrawn_at: None,
    }
}

#[divan::bench(args = [Format::Csv, Format::Jsonl], sample_count = 10)]
fn decisions(bencher: divan::Bencher<'_, '_>, format: Format) {
    let catalogue = Catalogue::default();
    let mut decision = decision();
    bencher.counter(divan::counter::ItemsCount::new(DECISIONS as usize)).bench_local(|| {
        let options = Options { unmask: false, catalogue: &catalogue };
        let mut writer = Writer::begin(format, options, std::io::sink())?;
        for seq in 0..DECISIONS {
            decision.seq = seq;
            writer.row(&decision)?;
        }
        writer.finish()
    });
}
