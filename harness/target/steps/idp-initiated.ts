import { impossible, type PerformStep, visit } from "./scene.ts";

/** Begins at the IdP, as a tile of its portal does. */
export const idpInitiated: PerformStep = async (scene, stage) => {
  const start = stage.addresses.idpInitiated?.(stage.idp);
  if (start === undefined) throw impossible("idp-initiated", "the app takes no such sign-in");
  return await visit(scene, stage, { start });
};
