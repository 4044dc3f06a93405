//! Whom to trust: the system's certificates, or those of the file that `AWS_CA_BUNDLE` names, in their place as the
//! AWS CLI and boto3 do it. Networks that look into TLS need that.

use aws_smithy_http_client::tls::{TlsContext, TrustStore};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use std::fs;
use std::path::Path;

/// The trust for `bundle`. Certificates are looked at here: the HTTP client would panic at one that is none. The error
/// is a sentence.
pub(super) fn trust(bundle: Option<&Path>) -> Result<TlsContext, String> {
    let store = match bundle {
        None => TrustStore::default(),
        Some(bundle) => {
            let wrong = |why: &str| format!("AWS_CA_BUNDLE names {}, {why}", bundle.display());
            let pem = fs::read(bundle).map_err(|error| wrong(&format!("which cannot be read: {error}")))?;
            let whole = "whose certificates cannot be understood: it must hold PEM certificates";
            if !is_sound(&pem) {
                return Err(wrong(whole));
            }
            TrustStore::empty().with_pem_certificate(pem)
        }
    };
    TlsContext::builder().with_trust_store(store).build().map_err(|error| error.to_string())
}

/// At least one certificate, and none that is not one.
fn is_sound(pem: &[u8]) -> bool {
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    certificates.is_ok_and(|certificates| {
        !certificates.is_empty()
            && certificates.iter().all(|certificate| webpki::anchor_from_trusted_cert(certificate).is_ok())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_that_is_none_is_a_sentence() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ca.pem");
        let said = || trust(Some(&path)).unwrap_err().replace(&path.display().to_string(), "CA.PEM");
        let why = std::fs::read(&path).unwrap_err().to_string();
        insta::assert_snapshot!(said().replace(&why, "WHY"), @"AWS_CA_BUNDLE names CA.PEM, which cannot be read: WHY");
        for text in ["", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
            crate::files::write_whole(&path, text).unwrap();
            insta::allow_duplicates! {
                insta::assert_snapshot!(said(), @"AWS_CA_BUNDLE names CA.PEM, whose certificates cannot be understood: it must hold PEM certificates");
            }
        }
    }
}
