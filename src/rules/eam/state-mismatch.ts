import type { Token } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";

/** The state that came back is not the one that was sent; where none was sent, none may come back. */
export const stateMismatch: Rule<Token> = {
  id: "eam.state.mismatch",
  severity: "error",
  title: "state is not the one that was sent",
  requirements: [],
  reference: "Entra: external authentication method provider reference",
  remedy: "Send state back unchanged when Entra sent one, and leave it out when it sent none.",
  about: "message",
  check(_, { eam }) {
    if (eam === undefined || (eam.state === undefined && eam.returnedState === undefined)) return undefined;
    if (eam.state === eam.returnedState) return [];
    const wanted = eam.state === undefined ? "it must not be there" : "it must be the one that was sent";
    return [{ at: "", message: `the state that came back is ${quote(eam.returnedState)}; ${wanted}` }];
  },
};
