// What whoever runs the installation types beside the server: terminals made and taken back.
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import type { Shop } from "./shop.ts";

function trei(...typed: string[]): string {
  const binary = process.env.TREI_BIN ?? resolve(import.meta.dirname, "../target/debug/trei");
  const env = { PATH: process.env.PATH, LOYALTY_DATA_DIR: process.env.TREI_E2E_DATA };
  const told = spawnSync(binary, typed, { env, encoding: "utf8" });
  if (told.status !== 0) throw new Error(`trei ${typed.join(" ")}: ${told.status} ${told.stderr}`);
  return told.stdout;
}

/** Makes a terminal in the shop's first store; answers with its id and the code that pairs a device. */
export function makeTerminal(shop: Shop, name: string): { id: string; code: string } {
  const store = shop.terminal.store;
  const told = trei("terminal", "code", "--merchant", shop.merchant.slug, "--store", store, "--name", name);
  const value = (word: string) => new RegExp(`^${word} +(\\S+)$`, "m").exec(told)?.[1] ?? "";
  return { id: value("Terminal"), code: value("Code") };
}

/** Takes a terminal back. */
export function takeBack(shop: Shop, id: string): void {
  trei("terminal", "revoke", "--merchant", shop.merchant.slug, id);
}
