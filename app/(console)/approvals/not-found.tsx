import { NoSuch } from "@/components/shell/no-such";

export default function RequestNotFound() {
  return (
    <NoSuch
      what="request"
      why="It does not exist, or it lies outside your part of the organisation."
      back={{ href: "/inbox", label: "To the inbox" }}
    />
  );
}
