import type { Token } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";
import { ENTRA_V1 } from "../../vocabulary/token-version.ts";
import { fixWithoutAmr } from "../token/whose-token.ts";
import { isReadableVersion } from "./carries-amr.ts";

/** The token has a version that never carries `amr`, so nothing can be said about MFA. */
export const versionUnsupported: Rule<Token> = {
  id: "partner-api.version.unsupported",
  severity: "error",
  title: "wrong token version",
  requirements: ["PSX-14", "F-53"],
  reference: "Entra access token claims reference",
  remedy:
    "Get a v1.0 access token: the API decides the version, and Partner Center takes v1.0; an API of your own does with requestedAccessTokenVersion 1 or null.",
  about: "evidence",
  verdict: "inconclusive",
  check({ claims }) {
    if (isReadableVersion(claims)) return [];
    const fix = fixWithoutAmr(claims);
    return [
      {
        ...(fix === undefined ? {} : { fix }),
        at: "/claims/ver",
        message: `wrong token version: ver is ${quote(claims.ver)}; it must be "${ENTRA_V1}"`,
      },
    ];
  },
};
