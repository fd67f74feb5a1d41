"use client";
import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** False in what the server sent, true once this component answers to the person. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
