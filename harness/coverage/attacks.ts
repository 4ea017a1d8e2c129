import type { CoverageList } from "./coverage-list.ts";

/** Classes of attacks on signed evidence, and of unusual but valid evidence. */
export const attackClasses: CoverageList = {
  name: "attacks",
  title: "Attack classes",
  source: "advisories and specifications, by class; S: SAML, J: JWT, V: valid but unusual",
  cases: [
    {
      id: "S-XSW",
      what: "forged assertion or response placed where a reader looks, the signed one kept where the verifier looks: XSW1–8 for assertion-, response- and both-signed; further places (Advice, SubjectConfirmationData, AttributeValue, StatusDetail, KeyInfo, ds:Object, Extensions, SOAP header), same ID, polluted ID (Id, x:ID, xml:id), foreign namespace",
    },
    {
      id: "S-SIG",
      what: "no signature, empty signature, changed value, recomputed digest, signature of another document type, one of two signatures broken",
    },
    {
      id: "S-KEY",
      what: "unknown key in KeyInfo (X509, KeyValue, several, RetrievalMethod, KeyName), look-alike certificate, other trusted IdP's key, revoked key, SP's own key, RSA-1024",
    },
    {
      id: "S-ALG",
      what: "HMAC keyed with the public key, HMACOutputLength, SHA-1, MD5, unknown URI, prototype member name",
    },
    { id: "S-SIGNEDINFO", what: "two SignedInfo, genuine one hidden in ds:Object" },
    { id: "S-DIGEST", what: "comment, child element, second element, split text in DigestValue" },
    {
      id: "S-REF",
      what: "no, two, external, file, empty, missing, dangling, XPath-injecting Reference URI; detached signature",
    },
    { id: "S-TRANSFORM", what: "XPath, XSLT, base64, inclusive c14n, many transforms" },
    {
      id: "S-C14N",
      what: "c14n that fails or yields the empty string (relative namespace URI, unknown method) with digest or signature of the empty string",
    },
    { id: "S-TEXT", what: "comment, PI, CDATA or child element splitting a value" },
    {
      id: "S-DTD",
      what: "DOCTYPE with internal or external entities, parameter entities, ATTLIST defaults, entity in ID, UTF-16 hiding it",
    },
    {
      id: "S-WF",
      what: "not well-formed: two roots, duplicate attributes, junk in end tag, undeclared entity or prefix, NUL, invalid UTF-8 …",
    },
    {
      id: "S-TIME",
      what: "expired, not yet valid, malformed time, AuthnInstant too old or in the future, boundary ±1 s",
    },
    {
      id: "S-BIND",
      what: "audience (also ANDed restrictions, prefixes), recipient, destination, InResponseTo (envelope versus signed data), issuer, status, version, confirmation method, missing parts, unknown condition, replay",
    },
    {
      id: "S-MULT",
      what: "two assertions, Advice, duplicate Subject/NameID/Conditions/Issuer, duplicate IDs",
    },
    {
      id: "S-AMR",
      what: "case, white space, homoglyph, full width, zero width, substring, list in one value, xsi:nil, wrong attribute name/NameFormat/namespace, FriendlyName, nested attribute, class ref only",
    },
    {
      id: "S-ENC",
      what: "unsigned plaintext, attacker-signed plaintext, wrapping inside, two assertions, clear beside encrypted, DTD inside, CBC, RSA 1.5, CipherReference",
    },
    {
      id: "S-DOS",
      what: "entity bombs, depth, attribute, namespace, reference, signature, assertion, comment floods, regular expression traps",
    },
    {
      id: "V-SAML",
      what: "valid but unusual: prefixes, white space, comments between elements, CDATA, character references, CRLF, attribute normalisation, InclusiveNamespaces, PSS/ECDSA/EdDSA, no KeyInfo, key rotation, several audiences, statements, confirmations, Unicode, 1 MB",
    },
    {
      id: "J-ALG",
      what: "none in eleven spellings and types; HS256/384/512 keyed with the public key in eight encodings, empty key, client id; alg not that of the key; RS1; prototype names; RSA-1024",
    },
    { id: "J-ECDSA", what: "r or s zero, n, all ones; DER; wrong length; wrong curve" },
    {
      id: "J-KEY",
      what: "attacker key under trusted kid; jwk, jku, x5u, x5c headers; kid traversal, SQL, shell, URL, object, array, prototype; other IdP; revoked; use enc; key_ops",
    },
    { id: "J-CRIT", what: "crit unknown, empty, wrong type, registered name; b64 false" },
    { id: "J-TYP", what: "access, logout, security event token as ID token and the reverse; cty JWT" },
    {
      id: "J-CLAIM",
      what: "iss/aud/azp/exp/nbf/iat/sub/nonce/at_hash/auth_time: missing, wrong, wrong JSON type, arrays, prefix, 1e400, boundary; replay",
    },
    {
      id: "J-AMR",
      what: 'string instead of array ("notmfa".includes("mfa")), case, white space, homoglyph, nested array or object, wrong claim name, header, act, acr only, duplicate members, __proto__, 100 000 values',
    },
    {
      id: "J-STRUCT",
      what: "changed or swapped segments, extra segments, padding, standard base64, blanks, non-zero trailing bits, payload not an object, trailing garbage, BOM, invalid UTF-8, duplicate members, JSON serialisation",
    },
    {
      id: "J-JWE",
      what: "JWE around unsigned claims, alg none, attacker-signed; RSA1_5; dir with public data",
    },
    { id: "J-DOS", what: "zip bomb, PBES2 count, deep nesting, 1 MB header" },
    {
      id: "V-JWT",
      what: "valid but unusual: all algorithms incl. RFC 9864 Ed25519, high-s ECDSA, no kid, rotation, unknown JWKS members, typ variants, audience arrays, float exp, escapes, order, 1 MB",
    },
  ],
};
