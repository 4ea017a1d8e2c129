import { impossible, type PerformStep, visit } from "./scene.ts";

/** Signs in and keeps the IdP's answer unsent. */
export const hold: PerformStep = async (scene, stage) => {
  const before = scene.browser.lastAnswer();
  const after = await visit(scene, stage, { start: stage.start, handling: "hold" });
  const answer = after.browser.lastAnswer();
  // The app may refuse before the IdP is asked: then its own page says so, and there is nothing to hold.
  if (answer === undefined || answer === before) return after;
  return { ...after, held: [...after.held, answer] };
};

/** Leaves the browser for a fresh one. */
export const otherBrowser: PerformStep = async (scene, stage) => ({
  ...scene,
  browser: await stage.openBrowser(),
});

/** Begins a sign-in with the other issuer and leaves it at its first page. */
export const beginElsewhere: PerformStep = async (scene, stage) => {
  const start = stage.addresses.initiate?.(stage.otherIdp, stage.flow);
  if (start === undefined) throw impossible("begin-elsewhere", "the app cannot be sent to another issuer");
  return await visit(scene, stage, { start, maxSignIns: 0 });
};
