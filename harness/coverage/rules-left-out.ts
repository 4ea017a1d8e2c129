/** Rules of the judge that no scenario can break, with the reason, by rule id. */
export const RULES_LEFT_OUT: Readonly<Record<string, string>> = {
  "wsfed.encryption.forbidden": "needs a decryption key in the policy; nobody gives Entra one",
  "wsfed.encryption.unreadable": "needs a decryption key in the policy; nobody gives Entra one",
  "wsfed.encryption.weak": "needs a decryption key in the policy; nobody gives Entra one",
  "wsfed.key.untrusted": "needs a second trusted issuer in the policy; a run trusts one",
  "wsfed.key.weak": "the run trusts one certificate, of 2048 bits; a weak key is another one",
  "wsfed.signature.unchecked": "needs a policy without keys; a run always has some",
  "wsfed.token.replayed":
    "needs a memory of tokens in the policy; wsfed-replayed shows it at the partner app",
  "wsfed.guidance.exception-needed": "needs dated guidance in the policy; a run asks for what holds today",
  "eam.token.undecryptable": "needs a decryption key in the policy; Entra publishes none",
  "eam.signature.unchecked": "needs a policy without keys; a run always has some",
  "eam.token.replayed": "needs a memory of tokens in the policy; eam-replayed shows it at the partner app",
  "eam.key.id-unknown": "needs a key without an id in the JWK Set; Entra reads the set first and stops there",
  "eam.key.certificate-absent":
    "Entra reads the JWK Set first and stops there, as in eam-keys-without-certificate",
  "saml.binding.redirect": "the mock IdP answers by HTTP-POST only, as the profile demands",
  "oidc.token.undecryptable": "a run has no key to decrypt tokens with, so token.encrypted speaks",
  "partner-api.token.undecryptable": "a run has no key to decrypt tokens with, so token.encrypted speaks",
  "oidc.token.api-bound": "the mock IdP signs the header that it sends, as every issuer but Microsoft does",
  "partner-api.token.api-bound":
    "the mock IdP signs the header that it sends; Microsoft alone signs another one for Graph",
  "eam.token.api-bound": "the mock IdP signs the header that it sends, as every issuer but Microsoft does",
  "oidc.signature.unchecked": "a run always trusts the keys of the mock IdP",
  "partner-api.signature.unchecked": "a run always trusts the keys of the mock IdP",
  "oidc.token.replayed":
    "a run keeps no memory of tokens; what a partner app does is shown by the step replay",
  "partner-api.token.replayed":
    "a run keeps no memory of tokens; what a partner app does is shown by the step replay",
  "partner-api.tenant.mismatch": "the issuer of a run is the mock IdP, whose name holds no tenant",
  "partner-api.token.vendor-app-only": "a run names no applications of control panel vendors",
  "partner-api.guidance.exception-needed": "a run asks for no dated guidance",
  "partner-api.guidance.method-unnamed": "a run asks for no dated guidance",
  "partner-api.auth-time.absent":
    "a v1.0 access token carries no time of the sign-in, so a run asks none of it",
  "partner-api.auth-time.stale":
    "a v1.0 access token carries no time of the sign-in, so a run asks none of it",
  "oidc.time.never-valid":
    "no token of the mock IdP has nbf, and no patch writes a time of its own beside exp",
  "eam.time.never-valid":
    "no token of the mock IdP has nbf, and no patch writes a time of its own beside exp",
  "oidc.key.certificate-mismatch": "a run trusts the keys of the mock IdP, which bring no certificate along",
  "partner-api.key.certificate-mismatch":
    "a run trusts the keys of the mock IdP, which bring no certificate along",
  "eam.key.certificate-mismatch":
    "Entra reads the JWK Set first and stops there, as in eam-keys-certificate-of-another-key",
  "saml.key.certificate-mismatch": "a run trusts a certificate, which is of the key that is in it",
  "wsfed.key.certificate-mismatch": "a run trusts a certificate, which is of the key that is in it",
  "saml.in-response-to.contradictory":
    "a run knows the request, so saml.in-response-to.mismatch says which of the two is wrong",
  "saml.encryption.forbidden": "needs a decryption key in the policy; nobody gives Entra one",
  "saml.encryption.unreadable": "needs a decryption key in the policy; nobody gives Entra one",
  "saml.encryption.weak": "needs a decryption key in the policy; nobody gives Entra one",
  "saml.key.untrusted": "needs a second trusted issuer in the policy; a run trusts one",
  "saml.key.weak": "the run trusts one certificate, of 2048 bits; a weak key is another one",
  "saml.signature.unchecked": "needs a policy without keys; a run always has some",
  "saml.assertion.replayed":
    "needs a memory of assertions in the policy; the step replay shows it at the partner app",
  "saml.mfa.contradicted": "needs a policy that reads attributes; a run reads SAML as Entra does",
  "saml.guidance.exception-needed": "needs dated guidance in the policy; a run asks for what holds today",
};
