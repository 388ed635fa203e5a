package dev.browserpool.memory;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everybody in line, by arrival number: a treap whose nodes know the size of their subtree. Adding, removing, the position of
 * one and the start of a page take O(log n).
 */
final class ArrivalTree {
    private @Nullable Node root;

    private static final class Node {
        final Seat seat;
        final int priority;

        @Nullable
        Node left;

        @Nullable
        Node right;

        int size = 1;

        Node(Seat seat) {
            this.seat = seat;
            this.priority = scatter(seat.arrival);
        }

        /** Arrival numbers are consecutive; mixed by the finalizer of SplitMix64 they are as good as random. */
        private static int scatter(long arrival) {
            long mixed = arrival * 0x9E3779B97F4A7C15L;
            mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
            return (int) (mixed ^ (mixed >>> 31));
        }

        Node resized() {
            size = 1 + size(left) + size(right);
            return this;
        }
    }

    int size() {
        return size(root);
    }

    void add(Seat seat) {
        root = add(root, new Node(seat));
    }

    void remove(Seat seat) {
        root = remove(root, seat.arrival);
    }

    /** How many have arrived before this one, or are it. */
    int position(Seat seat) {
        int position = 0;
        Node node = root;
        while (node != null) {
            if (seat.arrival < node.seat.arrival) {
                node = node.left;
            } else {
                position += size(node.left) + 1;
                node = node.right;
            }
        }
        return position;
    }

    List<Seat> page(int offset, int limit) {
        List<Seat> page = new ArrayList<>(Math.min(limit, Math.max(0, size() - offset)));
        collect(root, offset, limit, page);
        return page;
    }

    private static void collect(@Nullable Node node, int skip, int limit, List<Seat> page) {
        if (node == null || skip >= node.size || page.size() >= limit) {
            return;
        }
        collect(node.left, skip, limit, page);
        int left = size(node.left);
        if (skip <= left && page.size() < limit) {
            page.add(node.seat);
        }
        collect(node.right, Math.max(0, skip - left - 1), limit, page);
    }

    private static Node add(@Nullable Node node, Node added) {
        if (node == null) {
            return added;
        }
        if (added.priority > node.priority) {
            split(node, added);
            return added.resized();
        }
        if (added.seat.arrival < node.seat.arrival) {
            node.left = add(node.left, added);
        } else {
            node.right = add(node.right, added);
        }
        return node.resized();
    }

    /** Hangs what is older than {@code by} on its left, the rest on its right. */
    private static void split(@Nullable Node node, Node by) {
        if (node == null) {
            by.left = null;
            by.right = null;
        } else if (node.seat.arrival < by.seat.arrival) {
            split(node.right, by);
            node.right = by.left;
            by.left = node.resized();
        } else {
            split(node.left, by);
            node.left = by.right;
            by.right = node.resized();
        }
    }

    private static @Nullable Node remove(@Nullable Node node, long arrival) {
        if (node == null) {
            return null;
        }
        if (node.seat.arrival == arrival) {
            return merge(node.left, node.right);
        }
        if (arrival < node.seat.arrival) {
            node.left = remove(node.left, arrival);
        } else {
            node.right = remove(node.right, arrival);
        }
        return node.resized();
    }

    private static @Nullable Node merge(@Nullable Node left, @Nullable Node right) {
        if (left == null) {
            return right;
        }
        if (right == null) {
            return left;
        }
        if (left.priority > right.priority) {
            left.right = merge(left.right, right);
            return left.resized();
        }
        right.left = merge(left, right.left);
        return right.resized();
    }

    private static int size(@Nullable Node node) {
        return node == null ? 0 : node.size;
    }
}
