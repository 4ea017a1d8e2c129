import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";

/** The check of a rule about tokens: what the rules of two channels may share, while each keeps its own id. */
export type TokenCheck = Rule<Token>["check"];
