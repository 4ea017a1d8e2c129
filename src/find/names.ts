/**
 * What the name of a parameter, header or JSON member says about its value: a kind of artifact, anything that is
 * evidence of a sign-in, something that is none (`none`), or nothing that is known.
 */
export type NameSense = "access-token" | "id-token" | "xml" | "any" | "none" | "unknown";

/**
 * OIDC Core §3.1.2.1, §9; RFC 6749 §1.5; RFC 7521 §4.2; RFC 7591 §2.3; RFC 9101 §5; RFC 9449 §4; OIDC Back-Channel Logout
 * §2.4; SAML bindings §3.4.4; and what a browser keeps of a session.
 */
const NO_EVIDENCE = [
  "idtokenhint",
  "clientassertion",
  "assertion",
  "refreshtoken",
  "softwarestatement",
  "request",
  "registrationaccesstoken",
  "dpop",
  "logouttoken",
  "logouthint",
  "loginhint",
  "samlrequest",
  "cookie",
  "setcookie",
  "session",
  "sessionid",
  "state",
  "relaystate",
  "nonce",
  "code",
  "devicecode",
  "wctx",
  "clientsecret",
  "clientinfo",
  "csrf",
  "csrftoken",
  "xsrftoken",
  "requestverificationtoken",
];

const SENSES: ReadonlyMap<string, NameSense> = new Map<string, NameSense>([
  ["accesstoken", "access-token"],
  ["idtoken", "id-token"],
  // SAML bindings §3.5.4, WS-Federation 1.2 §13.2.3.
  ["samlresponse", "xml"],
  ["wresult", "xml"],
  // RFC 6750 §2.1, and what people call the things they paste.
  ...["authorization", "bearer", "artifact", "artifacts", "jwt", "jwts", "token", "tokens"].map(
    (name) => [name, "any"] as const,
  ),
  ...NO_EVIDENCE.map((name) => [name, "none"] as const),
]);

/**
 * The sense of a name, however it is spelt: `id_token`, `idToken`, `ID-Token`. Tokens under many a name are no evidence
 * of a sign-in: `id_token_hint`, `client_assertion`, `refresh_token`, cookies.
 */
export function senseOf(name: string | undefined): NameSense {
  if (name === undefined) return "any";
  if (name.length > 32) return "unknown";
  return SENSES.get(name.toLowerCase().replace(/[-_ ]/g, "")) ?? "unknown";
}
