import { type PerformStep, visit } from "./scene.ts";

/** Signs in where the app has the person sign in. */
export const signIn: PerformStep = (scene, stage) => visit(scene, stage, { start: stage.start });
