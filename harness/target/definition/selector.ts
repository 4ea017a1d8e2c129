import { parse } from "node-html-parser";
import { z } from "zod";

function isSelector(text: string): boolean {
  try {
    return parse("").querySelector(text) === null;
  } catch {
    return false;
  }
}

/** A CSS selector, as it is written in a file. */
export const selectorSchema = z.string().min(1).refine(isSelector, "expected a CSS selector");
