import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { ENTRA_V1 } from "../../vocabulary/token-version.ts";

/** The token does not say its version, so it may not come from Entra at all. */
export const versionAbsent: Rule<Token> = {
  id: "partner-api.version.absent",
  severity: "advisory",
  title: "token version is missing",
  requirements: ["PSX-14"],
  reference: "Entra access token claims reference",
  remedy: "Judge a token that Entra issued: it always has ver.",
  about: "evidence",
  check({ claims }) {
    if (Object.hasOwn(claims, "ver")) return [];
    return [{ at: "/claims/ver", message: `ver is missing; the token is read as version "${ENTRA_V1}"` }];
  },
};
