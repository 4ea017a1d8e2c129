import { quote } from "../../quote.ts";
import type { Fault } from "../../rule.ts";
import type { TokenCheck } from "./token-check.ts";

/** What RFC 7519 §5.1 and RFC 7515 §4.1.9 have for any JWT and any compact JWS: it tells no kind of token apart. */
const GENERAL: readonly string[] = ["jwt", "jose"];

/** Names of products for an ID token, which has no explicit type of its own. */
export const ID_TOKEN_TYPES: readonly string[] = ["id", "id_token", "id+jwt", "id_token+jwt"];

/**
 * Makes a check that a token is not marked as another kind of token. `typ` may be missing or say no more than that this
 * is a JWT; where it says more, that has to be the kind that is expected, whatever the other kind is called.
 *
 * @param kinds the explicit types that are right, e.g. `at+jwt`
 * @see RFC 8725 §3.11
 */
export function refuseOtherTypes(...kinds: readonly string[]): TokenCheck {
  return ({ header, claims }) => [
    ...typeFaults(header.typ, kinds),
    ...contentTypeFaults(header.cty),
    ...(Object.hasOwn(claims, "events")
      ? [{ at: "/claims/events", message: "events is present: this is a security event or logout token" }]
      : []),
  ];
}

function typeFaults(typ: unknown, kinds: readonly string[]): readonly Fault[] {
  if (typ === undefined) return [];
  const kind = mediaType(typ);
  if (kind !== undefined && (GENERAL.includes(kind) || kinds.includes(kind))) return [];
  const wanted = kinds.includes("at+jwt") ? "JWT or at+jwt" : "JWT";
  return [{ at: "/header/typ", message: `typ is ${quote(typ)}; it must be ${wanted}, or be left out` }];
}

function contentTypeFaults(cty: unknown): readonly Fault[] {
  if (cty === undefined) return [];
  const type = mediaType(cty);
  if (type === undefined) {
    return [{ at: "/header/cty", message: `cty is ${quote(cty)}; it must be a string or be left out` }];
  }
  if (!type.endsWith("jwt")) return [];
  return [
    {
      at: "/header/cty",
      message: `cty is ${quote(cty)}: the content says to be another token; it must be claims`,
    },
  ];
}

/** The media type without its prefix, parameters and case. RFC 7515 §4.1.9. */
function mediaType(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const [type = ""] = value.toLowerCase().split(";");
  return type.trim().replace(/^application\//, "");
}
