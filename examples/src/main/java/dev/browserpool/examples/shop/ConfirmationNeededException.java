package dev.browserpool.examples.shop;

/** The shop wants its customer to confirm something outside of the browser: no program can help here. */
public final class ConfirmationNeededException extends ShopException {
    private static final long serialVersionUID = 1L;

    ConfirmationNeededException(String whatThePageSays) {
        super("the shop asks: " + whatThePageSays);
    }
}
