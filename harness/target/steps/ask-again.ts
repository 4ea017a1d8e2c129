import type { AskingStep } from "../app-addresses.ts";
import { impossible, type PerformStep, visit } from "./scene.ts";

/** Makes a step that lets the app ask its IdP again about whoever is signed in. */
export function askAgain(step: AskingStep): PerformStep {
  return async (scene, stage) => {
    const start = stage.addresses.asking?.[step];
    if (start === undefined) throw impossible(step, "the app has no page for it");
    return await visit(scene, stage, { start });
  };
}
