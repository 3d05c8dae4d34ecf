//! Cartoon people: the same head on the identity card and on the photo, and no two persons alike.

use serde::Deserialize;

use crate::svg::Sheet;

/// What a person looks like (`looks.toml`).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Face {
    pub hair: Hair,
    pub hair_colour: String,
    pub skin: String,
    pub shirt: String,
    #[serde(default)]
    pub glasses: bool,
    #[serde(default)]
    pub beard: bool,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Hair {
    Short,
    Parted,
    Spiky,
    Bald,
    Bob,
    Long,
    Bun,
    Curly,
}

/// Head and shoulders; (`x`, `y`) is the middle of the head, which is 124 units tall at scale 1.
pub fn bust(sheet: &mut Sheet, face: &Face, x: f32, y: f32, scale: f32) {
    let Face { hair_colour: hair, skin, shirt, .. } = face;
    sheet.raw(format_args!(r#"<g transform="translate({x} {y}) scale({scale})">"#));
    sheet.raw(match face.hair {
        Hair::Long => {
            format!(r#"<path d="M-64 10 Q-70 -78 0 -80 Q70 -78 64 10 L72 128 L-72 128 Z" fill="{hair}"/>"#)
        }
        Hair::Bob => format!(r#"<path d="M-64 58 Q-78 -78 0 -80 Q78 -78 64 58 Z" fill="{hair}"/>"#),
        Hair::Bun => format!(r#"<circle cx="0" cy="-84" r="26" fill="{hair}"/>"#),
        Hair::Curly => [(-48, -30), (-56, 4), (-30, -58), (0, -66), (30, -58), (48, -30), (56, 4)]
            .map(|(cx, cy)| format!(r#"<circle cx="{cx}" cy="{cy}" r="26" fill="{hair}"/>"#))
            .concat(),
        _ => String::new(),
    });
    sheet.raw(format_args!(
        r##"<path d="M-148 260 Q-150 132 -62 112 L-24 98 L24 98 L62 112 Q150 132 148 260 Z" fill="{shirt}"/>
        <path d="M-26 50 L26 50 L26 98 Q0 124 -26 98 Z" fill="{skin}"/>
        <path d="M-26 66 Q0 84 26 66 L26 76 Q0 96 -26 76 Z" fill="#000" opacity="0.12"/>
        <path d="M-24 98 L-44 106 L-12 140 L0 116 L12 140 L44 106 L24 98 Q0 124 -24 98 Z" fill="#fff" opacity="0.85"/>
        <ellipse cx="-51" cy="4" rx="10" ry="16" fill="{skin}"/><ellipse cx="51" cy="4" rx="10" ry="16" fill="{skin}"/>
        <path d="M-50 -8 Q-52 -62 0 -62 Q52 -62 50 -8 Q50 38 24 56 Q0 70 -24 56 Q-50 38 -50 -8 Z" fill="{skin}"/>"##
    ));
    sheet.raw(match face.hair {
        Hair::Short => format!(r#"<path d="M-53 -4 Q-60 -74 0 -76 Q60 -74 53 -4 Q48 -36 34 -42 Q0 -34 -34 -42 Q-48 -36 -53 -4 Z" fill="{hair}"/>"#),
        Hair::Parted => format!(r#"<path d="M-53 0 Q-62 -78 4 -78 Q62 -74 53 0 Q50 -28 30 -46 Q0 -30 -18 -60 Q-36 -40 -46 -32 Q-50 -20 -53 0 Z" fill="{hair}"/>"#),
        Hair::Spiky => format!(r#"<path d="M-53 -6 L-60 -54 L-44 -52 L-40 -82 L-20 -64 L-4 -90 L12 -66 L34 -84 L38 -56 L60 -54 L53 -6 Q44 -40 0 -42 Q-44 -40 -53 -6 Z" fill="{hair}"/>"#),
        Hair::Bald => format!(r#"<path d="M-53 4 Q-60 -24 -48 -34 Q-46 -14 -49 6 Z M53 4 Q60 -24 48 -34 Q46 -14 49 6 Z" fill="{hair}"/>"#),
        Hair::Bob | Hair::Long => format!(r#"<path d="M-56 20 Q-60 -76 0 -76 Q60 -76 56 20 Q52 -22 44 -34 Q0 -22 -44 -34 Q-52 -22 -56 20 Z" fill="{hair}"/>"#),
        Hair::Bun => format!(r#"<path d="M-53 -2 Q-58 -74 0 -74 Q58 -74 53 -2 Q44 -44 0 -54 Q-44 -44 -53 -2 Z" fill="{hair}"/>"#),
        Hair::Curly => [(-34, -44), (-12, -56), (12, -56), (34, -44)]
            .map(|(cx, cy)| format!(r#"<circle cx="{cx}" cy="{cy}" r="17" fill="{hair}"/>"#))
            .concat(),
    });
    sheet.raw(format_args!(
        r##"<path d="M-32 -20 Q-20 -27 -9 -20 M32 -20 Q20 -27 9 -20" fill="none" stroke="{hair}" stroke-width="5" stroke-linecap="round"/>
        <ellipse cx="-20" cy="-4" rx="5" ry="6" fill="#222"/><ellipse cx="20" cy="-4" rx="5" ry="6" fill="#222"/>
        <circle cx="-18" cy="-6" r="1.7" fill="#fff"/><circle cx="22" cy="-6" r="1.7" fill="#fff"/>
        <path d="M0 -2 Q7 14 -2 17" fill="none" stroke="#000" stroke-opacity="0.35" stroke-width="3" stroke-linecap="round"/>"##
    ));
    if face.beard {
        sheet.raw(format_args!(
            r#"<path d="M-46 14 Q-44 44 -22 60 Q0 74 22 60 Q44 44 46 14 Q38 30 22 26 Q0 20 -22 26 Q-38 30 -46 14 Z" fill="{hair}"/>"#
        ));
    }
    sheet.raw(r##"<path d="M-15 35 Q0 45 15 35" fill="none" stroke="#8d3b33" stroke-width="4.5" stroke-linecap="round"/>"##);
    if face.glasses {
        sheet.raw(
            r##"<g fill="none" stroke="#2b2b38" stroke-width="4"><rect x="-38" y="-17" width="32" height="27" rx="9"/>
            <rect x="6" y="-17" width="32" height="27" rx="9"/><path d="M-6 -6 L6 -6 M-38 -8 L-51 -10 M38 -8 L51 -10"/></g>"##,
        );
    }
    sheet.raw("</g>");
}
