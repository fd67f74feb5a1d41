"use client";
import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** Whether the command key is the modifier here; false on the server and while hydrating. */
export function useIsMac(): boolean {
  return useSyncExternalStore(
    never,
    () => /mac|iphone|ipad/i.test(navigator.userAgent),
    () => false,
  );
}
