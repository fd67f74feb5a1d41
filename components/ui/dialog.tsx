"use client";
import { X } from "lucide-react";
import { Dialog as DialogPrimitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { Button } from "./button";
import { HotkeyScope } from "@/components/hotkeys/hotkeys";
import { cn } from "./cn";
import { useFocusBack } from "./use-focus-back";

export const Dialog = DialogPrimitive.Root;
export const DialogTrigger = DialogPrimitive.Trigger;
export const DialogClose = DialogPrimitive.Close;

export const scrimClasses = "fixed inset-0 z-50 bg-scrim data-[state=open]:animate-fade-in";
export const modalClasses =
  "fixed left-1/2 top-[12vh] z-50 flex max-h-[80vh] w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 flex-col overflow-hidden rounded-xl bg-overlay shadow-overlay outline-none data-[state=open]:animate-fade-in";

export interface DialogContentProps extends Omit<ComponentProps<typeof DialogPrimitive.Content>, "title"> {
  title: ReactNode;
  description?: ReactNode;
  /** No visible head: the title is only spoken, Escape and the scrim close. */
  bare?: boolean;
}

/** Radix would focus the close button, which stands first. */
function focusFirstField(event: Event) {
  const field =
    event.currentTarget instanceof Element ? event.currentTarget.querySelector("[data-field],input,textarea") : null;
  if (!(field instanceof HTMLElement)) return;
  event.preventDefault();
  // What stands above the field is what one is asked about: it is seen first, however long it is.
  field.focus({ preventScroll: true });
}

/** A modal. The page's hotkeys rest while it is open. Put the text into `DialogBody`, the buttons into `DialogFooter`. */
export function DialogContent({ title, description, bare = false, className, children, ...props }: DialogContentProps) {
  const { remember, giveBack } = useFocusBack();
  return (
    <DialogPrimitive.Portal>
      <DialogPrimitive.Overlay className={scrimClasses} />
      <DialogPrimitive.Content
        className={cn(modalClasses, className)}
        {...(description === undefined ? { "aria-describedby": undefined } : {})}
        onOpenAutoFocus={(event) => {
          remember();
          focusFirstField(event);
        }}
        onCloseAutoFocus={giveBack}
        {...props}
      >
        <HotkeyScope>
          {bare ? (
            <DialogPrimitive.Title className="sr-only">{title}</DialogPrimitive.Title>
          ) : (
            <Head title={title} description={description} />
          )}
          {children}
        </HotkeyScope>
      </DialogPrimitive.Content>
    </DialogPrimitive.Portal>
  );
}

function Head({ title, description }: Pick<DialogContentProps, "title" | "description">) {
  return (
    <header className="flex items-start gap-4 px-5 pb-3 pt-4">
      <div className="min-w-0 flex-1">
        <DialogPrimitive.Title className="text-base font-semibold">{title}</DialogPrimitive.Title>
        {description !== undefined && (
          <DialogPrimitive.Description className="mt-0.5 text-sm text-muted">{description}</DialogPrimitive.Description>
        )}
      </div>
      <DialogPrimitive.Close asChild>
        <Button variant="ghost" size="icon-sm" className="-mr-2 -mt-1" aria-label="Close">
          <X aria-hidden />
        </Button>
      </DialogPrimitive.Close>
    </header>
  );
}

export function DialogBody({ className, ...props }: ComponentProps<"div">) {
  return <div className={cn("min-h-0 overflow-y-auto px-5 pb-4", className)} {...props} />;
}

export function DialogFooter({ className, ...props }: ComponentProps<"footer">) {
  return (
    <footer
      className={cn(
        "flex flex-wrap items-center justify-end gap-2 border-t border-line bg-surface-2 px-5 py-3",
        className,
      )}
      {...props}
    />
  );
}
