import type { SeenDecision } from "../read-decision.ts";
import { type PerformStep, type Scene, type SeenIn, type Stage, visit } from "./scene.ts";

/**
 * Ends the session at the IdP, which tells the app so without the browser, and looks whether the app still knows the
 * person: `accept` when the session ended, `refuse` when it stays. It has to know the person before, else nothing ended.
 */
export const backChannelLogout: PerformStep = async (scene, stage) => {
  const before = await look(scene, stage);
  const { named } = before.seen;
  if (named === undefined) return { ...before.scene, seen: untold("before, the app knew nobody") };
  const left = await visit(before.scene, stage, { start: `${stage.idp}/oidc/session/end` });
  const after = await look(left, stage);
  return { ...after.scene, seen: compare(named, after.seen) };
};

interface Looked {
  readonly scene: Scene;
  readonly seen: SeenIn;
}

async function look(scene: Scene, { whoIsIn, plan }: Stage): Promise<Looked> {
  const seen = await whoIsIn(scene.browser, plan);
  return { scene: { ...scene, driven: [...scene.driven, seen.driven] }, seen };
}

function compare(before: string, { named, failed }: SeenIn): SeenDecision {
  if (named === before) {
    return { decision: "refuse", signals: [`the session stays: the app still shows ${named}`] };
  }
  if (named !== undefined) return untold(`the app showed ${before}, and now shows ${named}`);
  if (failed) return untold("the app fails, and does not say who is signed in");
  return { decision: "accept", signals: [`the session ended: the app showed ${before}, and now nobody`] };
}

function untold(signal: string): SeenDecision {
  return { decision: undefined, signals: [signal] };
}
