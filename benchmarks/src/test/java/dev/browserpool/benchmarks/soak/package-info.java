package dev.browserpool.benchmarks.soak;
