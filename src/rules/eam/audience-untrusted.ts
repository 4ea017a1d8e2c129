import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkOtherAudiences } from "../token/audience.ts";

/** The token names other audiences beside the client id that Entra sent. */
export const audienceUntrusted: Rule<Token> = {
  id: "eam.audience.untrusted",
  severity: "error",
  title: "further audience",
  requirements: [],
  reference: "Entra: external authentication method provider reference, AADSTS50027",
  remedy: "Set aud to the client_id that Entra sent, and to nothing else.",
  about: "message",
  check: checkOtherAudiences,
};
