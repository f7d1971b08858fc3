// FluentValidation
using System;
using System.Linq.Expressions;
using System.Threading;
using System.Threading.Tasks;

namespace FluentValidation.Results
{
    public class ValidationResult
    {
        public virtual bool IsValid => throw null!;
    }
}

namespace FluentValidation
{
    using FluentValidation.Results;

    public interface IValidationContext { }

    public interface IValidator
    {
        ValidationResult Validate(IValidationContext context);
        Task<ValidationResult> ValidateAsync(IValidationContext context, CancellationToken cancellation = default);
    }

    public interface IValidator<in T> : IValidator
    {
        ValidationResult Validate(T instance);
        Task<ValidationResult> ValidateAsync(T instance, CancellationToken cancellation = default);
    }

    public interface IRuleBuilder<T, out TProperty> { }

    public abstract class AbstractValidator<T> : IValidator<T>
    {
        ValidationResult IValidator.Validate(IValidationContext context) => throw null!;
        Task<ValidationResult> IValidator.ValidateAsync(IValidationContext context, CancellationToken cancellation) => throw null!;
        public ValidationResult Validate(T instance) => throw null!;
        public Task<ValidationResult> ValidateAsync(T instance, CancellationToken cancellation = default) => throw null!;
        public IRuleBuilder<T, TProperty> RuleFor<TProperty>(Expression<Func<T, TProperty>> expression) => throw null!;
    }

    public static class DefaultValidatorExtensions
    {
        public static IRuleBuilder<T, TProperty> Must<T, TProperty>(this IRuleBuilder<T, TProperty> ruleBuilder,
            Func<TProperty, bool> predicate) => throw null!;
        public static IRuleBuilder<T, TProperty> MustAsync<T, TProperty>(this IRuleBuilder<T, TProperty> ruleBuilder,
            Func<TProperty, CancellationToken, Task<bool>> predicate) => throw null!;
        public static void ValidateAndThrow<T>(this IValidator<T> validator, T instance) => throw null!;
        public static Task ValidateAndThrowAsync<T>(this IValidator<T> validator, T instance,
            CancellationToken cancellationToken = default) => throw null!;
    }
}
