import { nothingToDo, type PerformStep, visit } from "./scene.ts";

/** Sends the IdP's last answer to the app once more, from the same browser. */
export const replay: PerformStep = async (scene, stage) => {
  const request = scene.browser.lastAnswer();
  if (request === undefined) throw nothingToDo("replay", "the IdP has sent no answer yet");
  return await visit(scene, stage, { start: request.url.href, request });
};
