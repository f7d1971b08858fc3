using System;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

#pragma warning disable RS1001, RS1012, RS1025, RS1026 // It is no rule of its own: it passes on what a rule registers.
#pragma warning disable CS0618 // There is no other way to stand between a rule and its driver.

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>Registers what a rule registers, and counts the bytes that its callbacks allocate on their own threads.</summary>
internal sealed class AllocationMeter(DiagnosticAnalyzer rule)
{
    private long _bytes;
    private long _calls;

    /// <summary>What the callbacks have allocated since the last reset, in bytes.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>How often a callback has been called since the last reset.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    public DiagnosticAnalyzer Analyzer => new Metered(rule, this);

    private Action<T> Measured<T>(Action<T> action) => context =>
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action(context);
        Interlocked.Add(ref _bytes, GC.GetAllocatedBytesForCurrentThread() - before);
        Interlocked.Increment(ref _calls);
    };

    private sealed class Metered(DiagnosticAnalyzer rule, AllocationMeter meter) : DiagnosticAnalyzer
    {
        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => rule.SupportedDiagnostics;

        public override void Initialize(AnalysisContext context) => rule.Initialize(new MeteredContext(context, meter));
    }

    private sealed class MeteredContext(AnalysisContext context, AllocationMeter meter) : AnalysisContext
    {
        public override void EnableConcurrentExecution() => context.EnableConcurrentExecution();

        public override void ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags analysisMode) =>
            context.ConfigureGeneratedCodeAnalysis(analysisMode);

        public override void RegisterCompilationStartAction(Action<CompilationStartAnalysisContext> action) =>
            context.RegisterCompilationStartAction(start => action(new MeteredStart(start, meter)));

        public override void RegisterCompilationAction(Action<CompilationAnalysisContext> action) =>
            context.RegisterCompilationAction(action);

        public override void RegisterSemanticModelAction(Action<SemanticModelAnalysisContext> action) =>
            context.RegisterSemanticModelAction(meter.Measured(action));

        public override void RegisterSymbolAction(Action<SymbolAnalysisContext> action, ImmutableArray<SymbolKind> symbolKinds) =>
            context.RegisterSymbolAction(meter.Measured(action), symbolKinds);

        public override void RegisterCodeBlockStartAction<TLanguageKindEnum>(
            Action<CodeBlockStartAnalysisContext<TLanguageKindEnum>> action) =>
            context.RegisterCodeBlockStartAction(action);

        public override void RegisterCodeBlockAction(Action<CodeBlockAnalysisContext> action) =>
            context.RegisterCodeBlockAction(meter.Measured(action));

        public override void RegisterSyntaxTreeAction(Action<SyntaxTreeAnalysisContext> action) =>
            context.RegisterSyntaxTreeAction(meter.Measured(action));

        public override void RegisterSyntaxNodeAction<TLanguageKindEnum>(Action<SyntaxNodeAnalysisContext> action,
            ImmutableArray<TLanguageKindEnum> syntaxKinds) =>
            context.RegisterSyntaxNodeAction(meter.Measured(action), syntaxKinds);

        public override void RegisterOperationAction(Action<OperationAnalysisContext> action,
            ImmutableArray<OperationKind> operationKinds) =>
            context.RegisterOperationAction(meter.Measured(action), operationKinds);
    }

    private sealed class MeteredStart(CompilationStartAnalysisContext start, AllocationMeter meter)
        : CompilationStartAnalysisContext(start.Compilation, start.Options, start.CancellationToken)
    {
        public override void RegisterCompilationEndAction(Action<CompilationAnalysisContext> action) =>
            start.RegisterCompilationEndAction(action);

        public override void RegisterSemanticModelAction(Action<SemanticModelAnalysisContext> action) =>
            start.RegisterSemanticModelAction(meter.Measured(action));

        public override void RegisterSymbolAction(Action<SymbolAnalysisContext> action, ImmutableArray<SymbolKind> symbolKinds) =>
            start.RegisterSymbolAction(meter.Measured(action), symbolKinds);

        public override void RegisterCodeBlockStartAction<TLanguageKindEnum>(
            Action<CodeBlockStartAnalysisContext<TLanguageKindEnum>> action) =>
            start.RegisterCodeBlockStartAction(action);

        public override void RegisterCodeBlockAction(Action<CodeBlockAnalysisContext> action) =>
            start.RegisterCodeBlockAction(meter.Measured(action));

        public override void RegisterSyntaxTreeAction(Action<SyntaxTreeAnalysisContext> action) =>
            start.RegisterSyntaxTreeAction(meter.Measured(action));

        public override void RegisterSyntaxNodeAction<TLanguageKindEnum>(Action<SyntaxNodeAnalysisContext> action,
            ImmutableArray<TLanguageKindEnum> syntaxKinds) =>
            start.RegisterSyntaxNodeAction(meter.Measured(action), syntaxKinds);

        public override void RegisterOperationAction(Action<OperationAnalysisContext> action,
            ImmutableArray<OperationKind> operationKinds) =>
            start.RegisterOperationAction(meter.Measured(action), operationKinds);

        public override void RegisterOperationBlockAction(Action<OperationBlockAnalysisContext> action) =>
            start.RegisterOperationBlockAction(meter.Measured(action));

        public override void RegisterOperationBlockStartAction(Action<OperationBlockStartAnalysisContext> action)
        {
            var measured = meter.Measured(action);
            start.RegisterOperationBlockStartAction(block => measured(new MeteredBlock(block, meter)));
        }

        public override void RegisterAdditionalFileAction(Action<AdditionalFileAnalysisContext> action) =>
            start.RegisterAdditionalFileAction(action);

        public override void RegisterSymbolStartAction(Action<SymbolStartAnalysisContext> action, SymbolKind symbolKind) =>
            start.RegisterSymbolStartAction(action, symbolKind);
    }

    private sealed class MeteredBlock(OperationBlockStartAnalysisContext block, AllocationMeter meter)
        : OperationBlockStartAnalysisContext(block.OperationBlocks, block.OwningSymbol, block.Compilation, block.Options,
        block.CancellationToken)
    {
        public override void RegisterOperationBlockEndAction(Action<OperationBlockAnalysisContext> action) =>
            block.RegisterOperationBlockEndAction(meter.Measured(action));

        // What it costs to register is the driver's.
        public override void RegisterOperationAction(Action<OperationAnalysisContext> action, ImmutableArray<OperationKind> operationKinds)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            block.RegisterOperationAction(meter.Measured(action), operationKinds);
            Interlocked.Add(ref meter._bytes, before - GC.GetAllocatedBytesForCurrentThread());
        }
    }
}
