/**
 * What the status API says, field by field: records that Jackson writes as they are. They are made from the pool's own records and know
 * nothing of HTTP; whatever is named here is a promise to programs that read it.
 */
@NullMarked
package dev.browserpool.examples.dashboard.json;

import org.jspecify.annotations.NullMarked;
