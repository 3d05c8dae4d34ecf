//! Attachment files, addressed by their content: `attachments/ab/<sha256>`.
pub struct AttachmentVault;
