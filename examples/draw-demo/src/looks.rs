//! What the papers show beyond the transcripts (`looks.toml`): faces, home addresses, licence details, oddities of
//! photos and files.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::face::Face;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Looks {
    /// By the person's name.
    pub person: BTreeMap<String, Person>,
    /// By the certificate's number.
    pub licence: BTreeMap<String, Licence>,
    /// By the filing's key.
    pub photo: BTreeMap<String, Photo>,
    /// By the picture's path in the pack: the EXIF orientation with which a phone would have stored it.
    pub orientation: BTreeMap<String, u8>,
    /// Pictures of whose file only the first half is left.
    pub damaged: Vec<String>,
    pub scan: Scan,
}

/// How large and how good the pictures of the later filings are: the first ones are larger than anybody needs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scan {
    /// The first filing of which this holds.
    pub from: String,
    /// Of 100, for JPEG.
    pub quality: u8,
    /// Pixels, by kind of attachment.
    pub width: BTreeMap<String, u32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Home address on the card.
    pub address: String,
    /// 签发机关
    pub issuer: String,
    pub face: Face,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Licence {
    /// 类型
    pub kind: String,
    /// 经营范围
    pub business: String,
    /// 成立日期
    pub established: String,
    /// The day the paper was issued.
    pub issued: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Photo {
    /// The time stamp in the picture.
    pub taken: String,
    /// Who is on it, when it is not the site principal.
    pub shows: Option<String>,
    /// Width in pixels, when it is smaller than it should be.
    pub width: Option<u32>,
}
