import { assertions, noAssertion, noToken, type MatrixRow, tokens } from "./matrix-row.ts";

/** What must hold for an artifact to be read and believed at all. */
export const readingRows: readonly MatrixRow[] = [
  {
    what: "It is well-formed",
    cells: { ...tokens("token.malformed"), ...assertions("xml.malformed") },
  },
  {
    what: "It travelled by a binding that may carry it",
    cells: {
      ...noToken("A token looks the same however it travelled; a driver of the harness sees the way."),
      saml: ["binding.redirect"],
      wsfed: "Only SAML has a form of its own for an answer in an address; WS-Federation posts a form.",
    },
  },
  {
    what: "It is not too large",
    cells: { ...tokens("token.too-large"), ...assertions("xml.too-large") },
  },
  {
    what: "It has no document type",
    cells: { ...noToken("JSON knows no document type."), ...assertions("xml.dtd") },
  },
  {
    what: "It holds one message of the right shape",
    cells: {
      ...noToken(
        "A compact token holds one set of claims; a name that stands there twice makes it malformed.",
      ),
      ...assertions("message.structure"),
    },
  },
  {
    what: "It can be decrypted",
    cells: {
      ...tokens("token.encrypted", "token.undecryptable"),
      saml: ["assertion.encrypted", "encryption.unreadable"],
      wsfed: ["token.encrypted", "encryption.unreadable"],
    },
  },
  {
    what: "All of it can be read",
    cells: {
      ...noToken("A token is encrypted as a whole or not at all."),
      saml: ["assertion.partly-encrypted"],
      wsfed: ["token.partly-encrypted"],
    },
  },
  {
    what: "Signature and encryption use accepted algorithms",
    cells: { ...tokens("algorithm.forbidden"), ...assertions("algorithm.forbidden", "encryption.forbidden") },
  },
  {
    what: "Encryption notices a change",
    cells: {
      ...noToken("Every way to encrypt a token notices a change, RFC 7518 §5."),
      ...assertions("encryption.weak"),
    },
  },
  {
    what: "Its header asks for nothing that cannot be honoured",
    cells: { ...tokens("header.forbidden"), ...noAssertion("An XML signature has no header.") },
  },
  { what: "It is signed", cells: { ...tokens("signature.missing"), ...assertions("signature.missing") } },
  {
    what: "The assertion has a signature of its own",
    cells: {
      ...noToken("A token has one signature over all of it."),
      saml: ["assertion.unsigned"],
      wsfed: "Nothing but the assertion may be signed, so wsfed.signature.missing says it.",
    },
  },
  {
    what: "The signature covers what is read",
    cells: { ...noToken("The signature of a token covers all of it."), ...assertions("signature.structure") },
  },
  {
    what: "The signature holds",
    cells: { ...tokens("signature.invalid"), ...assertions("signature.invalid") },
  },
  {
    what: "Others than its own API can verify it",
    cells: {
      ...tokens("token.api-bound"),
      ...noAssertion("Every signature of SAML is over what is sent, so whoever has the key can verify it."),
    },
  },
  { what: "A trusted key signed", cells: { ...tokens("key.untrusted"), ...assertions("key.untrusted") } },
  { what: "The key is strong enough", cells: { ...tokens("key.weak"), ...assertions("key.weak") } },
  {
    what: "The signature was checked",
    cells: { ...tokens("signature.unchecked"), ...assertions("signature.unchecked") },
  },
  {
    what: "The key can be found as its reader finds it",
    cells: {
      oidc: "A relying party may try every key of the issuer, OIDC Core §10.1.",
      "partner-api": "Entra always writes kid; without it every key of the issuer is tried.",
      ...noAssertion("The certificates are configured; KeyInfo is a hint at most."),
      eam: ["key.id-absent", "key.id-unknown", "key.certificate-absent"],
    },
  },
  {
    what: "A certificate that its key brings along is of that key",
    cells: { ...tokens("key.certificate-mismatch"), ...assertions("key.certificate-mismatch") },
  },
  {
    what: "Its signature holds apart from what stands around it",
    cells: {
      ...noToken("A token is signed as the very text that is sent: nothing is canonicalised."),
      ...assertions("signature.inclusive"),
    },
  },
];
