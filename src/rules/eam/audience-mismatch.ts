import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkAudience } from "../token/audience.ts";

/** The token was not made for Entra: its audience is not the client id of the request. */
export const audienceMismatch: Rule<Token> = {
  id: "eam.audience.mismatch",
  severity: "error",
  title: "audience is not the client id of the request",
  requirements: [],
  reference: "Entra: external authentication method provider reference, AADSTS50027",
  remedy: "Set aud to the client_id that Entra sent.",
  about: "message",
  check: checkAudience,
};
