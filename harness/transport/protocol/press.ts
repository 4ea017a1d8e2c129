import type { HTMLElement } from "node-html-parser";
import { submitForm, type PageRequest } from "../form.ts";
import { parsePage } from "../parse-page.ts";

/** What pressing something on a page does. */
export interface Pressed {
  /** What was pressed. */
  readonly selector: string;
  readonly request: PageRequest;
}

/**
 * What a person presses on a page to come further; boxes beside it that are to be ticked are.
 *
 * @param selectors what may be pressed, in order
 * @returns undefined when nothing of it leads anywhere
 */
export function pressOn(html: string, page: URL, selectors: readonly string[]): Pressed | undefined {
  if (selectors.length === 0) return undefined;
  const root = parsePage(html);
  const found = selectors.flatMap((selector) => {
    const element = root.querySelector(selector);
    return element === null ? [] : [{ selector, element }];
  });
  const ticked = found.map(({ element }) => element).filter(isBox);
  for (const { selector, element } of found) {
    const request = isBox(element) ? undefined : requestOf(element, page, ticked);
    if (request !== undefined) return { selector, request };
  }
  return undefined;
}

function isBox(element: HTMLElement): boolean {
  return element.tagName === "INPUT" && /^(checkbox|radio)$/i.test(element.getAttribute("type") ?? "");
}

function requestOf(element: HTMLElement, page: URL, ticked: readonly HTMLElement[]): PageRequest | undefined {
  const href = element.tagName === "A" ? element.getAttribute("href") : undefined;
  if (href !== undefined && URL.canParse(href, page)) return { method: "GET", url: new URL(href, page) };
  const form = element.tagName === "FORM" ? element : element.closest("form");
  if (form === null) return undefined;
  const boxes = ticked.filter((box) => box.closest("form") === form);
  return submitForm(form, page, Object.fromEntries([...boxes, element].flatMap(valueOf)));
}

function valueOf(element: HTMLElement): readonly (readonly [name: string, value: string])[] {
  const name = element.getAttribute("name") ?? "";
  const otherwise = isBox(element) ? "on" : "";
  return name === "" || element.tagName === "FORM"
    ? []
    : [[name, element.getAttribute("value") ?? otherwise]];
}
