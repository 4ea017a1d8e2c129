import type { Step } from "../../scenario/schema.ts";
import { askAgain } from "./ask-again.ts";
import { backChannelLogout } from "./back-channel-logout.ts";
import { deliver, deliverEarlier, deliverWith } from "./deliver.ts";
import { beginElsewhere, hold, otherBrowser } from "./hold.ts";
import { idpInitiated } from "./idp-initiated.ts";
import { replay } from "./replay.ts";
import type { PerformStep, Scene, Stage } from "./scene.ts";
import { signIn, signInEdited, signInSilently } from "./sign-in.ts";

const STEPS: Readonly<Record<Step, PerformStep>> = {
  "sign-in": signIn,
  "sign-in-again": askAgain("sign-in-again"),
  "sign-in-silently": signInSilently,
  "sign-in-edited": signInEdited,
  "step-up": askAgain("step-up"),
  refresh: askAgain("refresh"),
  "user-info": askAgain("user-info"),
  replay,
  "idp-initiated": idpInitiated,
  "back-channel-logout": backChannelLogout,
  hold,
  "other-browser": otherBrowser,
  "begin-elsewhere": beginElsewhere,
  deliver,
  "deliver-earlier": deliverEarlier,
  "deliver-other-code": deliverWith("code", "deliver-other-code"),
  "deliver-other-access-token": deliverWith("access_token", "deliver-other-access-token"),
};

/** Does the steps of a scenario, one after the other, beginning in a fresh browser. */
export async function performSteps(steps: readonly Step[], stage: Stage): Promise<Scene> {
  let scene: Scene = { browser: await stage.openBrowser(), driven: [], held: [] };
  for (const [index, step] of steps.entries()) {
    if (index === 1) stage.changeEmission();
    scene = await STEPS[step](scene, stage);
  }
  return scene;
}
