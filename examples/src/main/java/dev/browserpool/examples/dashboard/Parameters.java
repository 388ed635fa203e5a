package dev.browserpool.examples.dashboard;

import io.javalin.http.Context;

/** Numbers in a query, within their bounds. */
final class Parameters {
    private Parameters() {}

    /**
     * The number under that name; the default if it is not there.
     *
     * @throws BadRequestException if it is none, or outside its bounds
     */
    static int number(Context context, String name, int missing, int least, int most) {
        String text = context.queryParam(name);
        if (text == null) {
            return missing;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new BadRequestException(name + " is '" + text + "', it must be a number", e);
        }
        throw new BadRequestException(name + " is " + text + ", it must be between " + least + " and " + most);
    }
}
