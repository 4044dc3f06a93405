//! The only source of chance.

use relight_core::secret::Secret;
use std::io;
use zeroize::Zeroizing;

/// Random bytes of the system's.
pub fn bytes<const COUNT: usize>() -> io::Result<Zeroizing<[u8; COUNT]>> {
    let mut random = Zeroizing::new([0; COUNT]);
    getrandom::fill(random.as_mut()).map_err(io::Error::other)?;
    Ok(random)
}

/// So many random bytes of the system's, as text that fits in an address (base64url without padding).
pub fn text(bytes: usize) -> io::Result<Secret> {
    let mut random = Zeroizing::new(vec![0; bytes]);
    getrandom::fill(&mut random).map_err(io::Error::other)?;
    Ok(Secret::new(data_encoding::BASE64URL_NOPAD.encode(&random)))
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_text_is_another_one_and_fits_in_an_address() {
        let texts: Vec<_> = (0..2).map(|_| super::text(32).unwrap().expose().to_owned()).collect();
        assert_ne!(texts[0], texts[1]);
        assert!(texts.iter().all(|text| text.len() == 43));
        assert!(texts[0].bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
    }
}
