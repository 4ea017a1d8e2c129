import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { PARTNER_API_FACTORS } from "../../vocabulary/amr-partner-api.ts";
import { refuseOneKind } from "../token/factors.ts";
import { whereAmrCounts } from "./carries-amr.ts";

/** `amr` says `mfa`, yet all the methods that it names are of one kind: MFA that nobody was asked for. */
export const amrOneKindOfFactor: Rule<Token> = {
  id: "partner-api.amr.one-kind-of-factor",
  severity: "advisory",
  title: "mfa over factors of one kind",
  requirements: ["PSR-031", "F-07"],
  reference: "NIST SP 800-63B, RFC 8176 §2",
  remedy:
    "Look at how the user signed in: Entra takes over what the federated provider claims, which may send multipleauthn only after two different kinds of factor.",
  about: "evidence",
  visibility: "visible-but-never-challenged",
  check: whereAmrCounts(refuseOneKind(PARTNER_API_FACTORS)),
};
