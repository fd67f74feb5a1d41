import { NoSuch } from "@/components/shell/no-such";

export default function ReviewNotFound() {
  return (
    <NoSuch
      what="review"
      why="It does not exist, or it lies outside your part of the organisation."
      back={{ href: "/reviews", label: "To all reviews" }}
    />
  );
}
