import type { Step } from "../../scenario/schema.ts";
import type { PageRequest } from "../../transport/form.ts";
import { nothingToDo, type PerformStep, visit } from "./scene.ts";

/** Sends the answer that was held last. */
export const deliver: PerformStep = async (scene, stage) => {
  const request = scene.held.at(-1);
  if (request === undefined) throw nothingToDo("deliver", "no answer is held");
  return await visit(scene, stage, { start: request.url.href, request });
};

/** Sends the answer that was held before the last, as the other tab does. */
export const deliverEarlier: PerformStep = async (scene, stage) => {
  const request = scene.held.at(-2);
  if (request === undefined) throw nothingToDo("deliver-earlier", "it needs two answers that are held");
  return await visit(scene, stage, { start: request.url.href, request });
};

/**
 * Makes a step that sends the answer held last with one parameter of the answer held before it, as somebody does who
 * stole that one.
 */
export function deliverWith(parameter: "code" | "access_token", step: Step): PerformStep {
  return async (scene, stage) => {
    const [stolen, own] = scene.held.slice(-2);
    if (stolen === undefined || own === undefined)
      throw nothingToDo(step, "it needs two answers that are held");
    const value = parametersOf(stolen).get(parameter);
    if (value === null) throw nothingToDo(step, `the answer held before has no ${parameter}`);
    const request = withParameter(own, parameter, value);
    return await visit(scene, stage, { start: request.url.href, request });
  };
}

function parametersOf({ method, url, body }: PageRequest): URLSearchParams {
  return method === "POST" ? new URLSearchParams(body) : url.searchParams;
}

function withParameter(request: PageRequest, name: string, value: string): PageRequest {
  const parameters = new URLSearchParams(parametersOf(request));
  parameters.set(name, value);
  if (request.method === "POST") return { ...request, body: parameters.toString() };
  const url = new URL(request.url);
  url.search = parameters.toString();
  return { ...request, url };
}
