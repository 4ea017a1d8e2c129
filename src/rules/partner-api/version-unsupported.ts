import type { Token } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";
import { ENTRA_V1 } from "../../vocabulary/token-version.ts";
import { isReadableVersion } from "./carries-amr.ts";

/** The token has a version that never carries `amr`, so nothing can be said about MFA. */
export const versionUnsupported: Rule<Token> = {
  id: "partner-api.version.unsupported",
  severity: "error",
  title: "wrong token version",
  requirements: ["PSX-14", "F-53"],
  reference: "Entra access token claims reference",
  remedy: "Ask for a v1.0 access token: only that version carries amr.",
  about: "evidence",
  verdict: "inconclusive",
  check({ claims }) {
    if (isReadableVersion(claims)) return [];
    return [
      {
        at: "/claims/ver",
        message: `wrong token version: ver is ${quote(claims.ver)}; it must be "${ENTRA_V1}"`,
      },
    ];
  },
};
