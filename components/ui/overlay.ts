/** Looks that menus, popovers and selects share. */
export const overlayClasses =
  "z-50 overflow-hidden rounded-lg bg-overlay text-foreground shadow-overlay outline-none data-[state=open]:animate-overlay-in";

export const itemClasses =
  "relative flex min-h-7 cursor-default select-none items-center gap-2 rounded-md px-2 py-1 text-sm outline-none data-[disabled]:pointer-events-none data-[highlighted]:bg-surface-3 data-[disabled]:opacity-55 [&_svg:not([class*='size-'])]:size-4 [&_svg:not([class*='text-'])]:text-muted [&_svg]:shrink-0";
