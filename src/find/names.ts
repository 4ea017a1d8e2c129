/** What the name of a parameter, header or JSON member says about its value. */
export type NameSense = "access-token" | "id-token" | "xml" | "any" | "other";

const SENSES: ReadonlyMap<string, NameSense> = new Map<string, NameSense>([
  ["accesstoken", "access-token"],
  ["idtoken", "id-token"],
  // SAML bindings §3.5.4, WS-Federation 1.2 §13.2.3.
  ["samlresponse", "xml"],
  ["wresult", "xml"],
  // RFC 6750 §2.1, and what people call the things they paste.
  ["authorization", "any"],
  ["artifact", "any"],
  ["artifacts", "any"],
  ["jwt", "any"],
  ["jwts", "any"],
  ["token", "any"],
  ["tokens", "any"],
]);

/**
 * The sense of a name, however it is spelt: `id_token`, `idToken`, `ID-Token`. Tokens under any other name are not
 * evidence of a sign-in: `id_token_hint`, `client_assertion`, `refresh_token`, cookies.
 */
export function senseOf(name: string | undefined): NameSense {
  if (name === undefined) return "any";
  if (name.length > 32) return "other";
  return SENSES.get(name.toLowerCase().replace(/[-_]/g, "")) ?? "other";
}
