import { askAgain } from "./ask-again.ts";
import { type PerformStep, visit } from "./scene.ts";

/** Signs in where the app has the person sign in. */
export const signIn: PerformStep = (scene, stage) => visit(scene, stage, { start: stage.start });

/** Everything by which a request asks for more than that somebody signs in. */
const DEMANDS = ["acr_values", "claims", "max_age", "prompt"];

/** The same in a browser that takes out of the request whatever is asked for: nobody signed it, so nobody can tell. */
export const signInEdited: PerformStep = (scene, stage) =>
  visit(scene, stage, { start: stage.start, leftOut: DEMANDS });

/** Lets the app ask the IdP once more, which may answer from its session; the person is not necessarily asked. */
export const signInSilently: PerformStep = async (scene, stage) => {
  if (stage.start !== stage.protectedPage) return await signIn(scene, stage);
  return await askAgain("sign-in-silently")(scene, stage);
};
