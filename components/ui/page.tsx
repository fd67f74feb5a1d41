import type { ComponentProps } from "react";
import { cn } from "./cn";

const LAYOUTS = {
  /** Text and panels, in a column that stays readable. */
  default: "mx-auto w-full max-w-6xl",
  /** Settings and forms. */
  narrow: "mx-auto w-full max-w-2xl",
  /** A list: takes the window's height, so that its table scrolls under a fixed head and foot. */
  fill: "lg:h-full lg:min-h-96",
};

/** The body of a page inside the shell. */
export function Page({
  layout = "default",
  className,
  ...props
}: ComponentProps<"div"> & { layout?: keyof typeof LAYOUTS }) {
  return <div className={cn("flex flex-col gap-4 px-4 py-5 sm:px-6", LAYOUTS[layout], className)} {...props} />;
}
