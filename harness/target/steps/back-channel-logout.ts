import type { SeenDecision } from "../read-decision.ts";
import { type PerformStep, visit } from "./scene.ts";

/**
 * Ends the session at the IdP, which tells the app so without the browser, and looks whether the app still knows the
 * person: `accept` when the session ended, `refuse` when it stays.
 */
export const backChannelLogout: PerformStep = async (scene, stage) => {
  const left = await visit(scene, stage, { start: `${stage.idp}/oidc/session/end` });
  const after = await visit(left, stage, { start: stage.protectedPage, maxSignIns: 0 });
  return { ...after, seen: seenAfter(after.driven.at(-1)?.looped === true) };
};

function seenAfter(askedToSignIn: boolean): SeenDecision {
  return askedToSignIn
    ? { decision: "accept", signals: ["the session ended: the person is asked to sign in"] }
    : { decision: "refuse", signals: ["the session stays: nobody is asked to sign in"] };
}
